package io.plumbline.app.http;

import java.util.List;

/**
 * Whether every configured feed and Redis has been LIVE at least once and the engine progresses.
 *
 * @param reasons what is still missing, one sentence each; empty when ready
 */
public record Readiness(boolean ready, List<String> reasons) {}
