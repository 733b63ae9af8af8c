/**
 * Feeds that are described in the configuration alone: in-house gateways that speak JSON, or frames
 * of a fixed binary layout, over WebSocket. A description ({@link
 * io.plumbline.feed.provider.ProviderSpec}) becomes a venue like any other ({@link
 * io.plumbline.feed.provider.ConfiguredVenue}).
 *
 * <p>Descriptions are cold; the decoders made of them run on the engine thread and allocate nothing
 * per message.
 */
package io.plumbline.feed.provider;
