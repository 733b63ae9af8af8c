/**
 * Databases that hold symbols and prices too: read, never written. What is read enters the ring row
 * by row; what it means is judged behind it, so that a replay needs no database.
 */
package io.plumbline.app.database;
