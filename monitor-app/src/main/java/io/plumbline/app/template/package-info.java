/**
 * Texts with places for what an alert says. The configuration reads them, the alert hooks fill them
 * in; neither knows the other.
 */
package io.plumbline.app.template;
