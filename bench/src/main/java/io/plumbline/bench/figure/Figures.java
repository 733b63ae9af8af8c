package io.plumbline.bench.figure;

import java.util.List;

/** Every figure, in the order of the table. */
public final class Figures {
    private Figures() {}

    public static List<Figure> all() {
        return List.of(
                new DecodeFigure(null),
                new DecodeFigure("bookTicker"),
                new DecodeFigure("trade"),
                new DecodeFigure("depthUpdate"),
                new PeerDecodeFigure(),
                new VenueDecodeFigure(),
                new KeyOrderFigure(),
                new EngineFigure(),
                new PipelineFigure(),
                new WarmupFigure(),
                new FreshJvmsFigure(),
                new BookFigure(),
                new AllocationFigure(),
                new GrowthFigure(),
                new SocketFigure(),
                new RateFigure(),
                new OverloadFigure(),
                new LatencyFigure(false),
                new LatencyFigure(true),
                new ReplayFigure(),
                new RedisCompareFigure(),
                new RedisPushFigure(),
                new RedisSweepFigure(),
                new TapFigure(),
                new InstrumentationFigure(),
                new TlsFigure(),
                new StartFigure(),
                new CrashStartFigure(),
                new MemoryFigure(),
                new MemoryHourFigure(),
                new LoadFigure(),
                new IdleFigure(),
                new PiecesFigure());
    }
}
