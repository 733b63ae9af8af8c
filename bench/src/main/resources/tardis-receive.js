// tardis-dev behind its own socket: its streamNormalized with book tickers, from a server on this machine. It prints
// one line as receive.c does: three times 0, because its tickers do not say when they were to be sent; processor time
// of the process per message; how long it took, in ns.
//
// It ends with an error where not all came within a minute.
//
//   node tardis-receive.js MODULE PORT COUNT SKIP
'use strict';
const [module_, port, count, skip] = process.argv.slice(2);
process.env.WSS_URL_BINANCE_FUTURES = `ws://127.0.0.1:${port}/stream`;
const { streamNormalized, normalizeBookTickers } = require(module_);

(async () => {
  let taken = 0;
  let cpu;
  let from;
  const onError = (error) => {
    console.error(error);
    process.exit(1);
  };
  setTimeout(() => onError(`tardis-dev took ${taken} messages of ${count}`), 60000);
  const tickers = streamNormalized(
    { exchange: 'binance-futures', symbols: ['BTCUSDT'], timeoutIntervalMS: 60000, onError },
    normalizeBookTickers,
  );
  for await (const ticker of tickers) {
    taken += ticker.type === 'book_ticker' ? 1 : 0;
    if (taken === Number(skip)) {
      cpu = process.cpuUsage();
      from = process.hrtime.bigint();
    } else if (taken === Number(count)) {
      const took = process.hrtime.bigint() - from;
      const used = process.cpuUsage(cpu);
      console.log(`0 0 0 ${((used.user + used.system) * 1000) / (count - skip)} ${took}`);
      process.exit(0);
    }
  }
})();
