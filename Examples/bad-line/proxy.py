#!/usr/bin/env python3
"""A bad line between an office and its centre: a TCP proxy that is slow, late, and breaks.

Usage: proxy.py --to HOST:PORT [--rate BYTES] [--loss SHARE] [--delay SECONDS] [--faster TIMES] [--seed N]

Prints "Listening on PORT", and at its end (SIGTERM) one JSON object with what went through.

What a byte stream shows of loss is waiting and breaking: a segment of 500 bytes is sent again until
one try arrives. Each try takes its time on the line, each lost one a wait of a second, doubled up to
eight; after four in a row the connection is cut without a word. --faster divides all times.
"""
import argparse
import asyncio
import json
import random
import signal
import sys

SEGMENT = 500
TRIES = 4


class Line:
    def __init__(self, options):
        self.options = options
        self.chance = random.Random(options.seed)
        self.free_at = {"up": 0.0, "down": 0.0}
        self.bytes = {"up": 0, "down": 0}
        self.connections = 0
        self.broken = 0

    async def pause(self, seconds):
        await asyncio.sleep(seconds / self.options.faster)

    async def carry(self, direction, reader, writer, cut):
        """One direction of a connection; all connections share the line."""
        loop = asyncio.get_running_loop()
        while True:
            piece = await reader.read(SEGMENT)
            if not piece:
                await self.pause(self.options.delay)
                if writer.can_write_eof():
                    writer.write_eof()
                return
            for attempt in range(TRIES):
                start = max(loop.time(), self.free_at[direction])
                self.free_at[direction] = start + len(piece) / self.options.rate / self.options.faster
                await asyncio.sleep(self.free_at[direction] - loop.time())
                if self.chance.random() >= self.options.loss:
                    break
                await self.pause(min(8, 2 ** attempt))
            else:
                self.broken += 1
                cut()
                return
            self.bytes[direction] += len(piece)
            loop.call_later(self.options.delay / self.options.faster, self.give, writer, piece)
            await writer.drain()

    @staticmethod
    def give(writer, piece):
        if not writer.is_closing():
            writer.write(piece)

    async def connection(self, reader, writer):
        self.connections += 1
        host, port = self.options.to.rsplit(":", 1)
        try:
            there_reader, there_writer = await asyncio.open_connection(host, int(port))
        except OSError:
            writer.transport.abort()
            return

        def cut():
            writer.transport.abort()
            there_writer.transport.abort()

        try:
            await asyncio.gather(
                self.carry("up", reader, there_writer, cut),
                self.carry("down", there_reader, writer, cut))
        except (OSError, RuntimeError):
            pass
        finally:
            cut()


async def main(options):
    line = Line(options)
    server = await asyncio.start_server(line.connection, "127.0.0.1", options.port)
    print("Listening on", server.sockets[0].getsockname()[1], flush=True)
    stop = asyncio.Event()
    # Whoever started us may have had signals blocked, which children inherit.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    print(json.dumps({
        "connections": line.connections, "broken": line.broken,
        "bytesUp": line.bytes["up"], "bytesDown": line.bytes["down"]}), flush=True)
    sys.stdout.flush()
    import os
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--rate", type=float, default=2000)
    parser.add_argument("--loss", type=float, default=0.4)
    parser.add_argument("--delay", type=float, default=3)
    parser.add_argument("--faster", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    asyncio.run(main(parser.parse_args()))
