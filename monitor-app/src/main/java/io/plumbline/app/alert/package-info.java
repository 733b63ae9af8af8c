/**
 * Alerts: what the desk decided reaches a person, at least once, in order, through restarts.
 *
 * <pre>
 *  Desk ──▶ AlertPager ──▶ Outbox.accept ──▶ Ledger ──▶ OutboxStore (SQLite, WAL, FULL)
 *   thread: desk              │                 └── disk full: memory, bounded ──┐
 *                             ▼ one DeliveryLine per channel ◀───────────────────┘
 *                          Courier ──▶ AlertChannel: NdjsonFileHook │ ExecHook │ WebhookHook
 *                           thread: alert-NAME
 *                             ├─ DELIVERED ─▶ done; the key's next parcel
 *                             ├─ RETRY ─────▶ later, full jitter, 1 s .. 5 min, Retry-After
 *                             └─ REFUSED ───▶ dead; DELIVERY_FAILED over the other channels
 *
 *  Vouch ──▶ HeartbeatPush ──▶ an address that waits for it            thread: heartbeat
 *    └─────▶ AlertmanagerChannel: the alert Watchdog
 * </pre>
 */
package io.plumbline.app.alert;
