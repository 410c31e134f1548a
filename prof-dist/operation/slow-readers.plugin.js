import fp from 'fastify-plugin';
/** Bytes a second that every client has to take, beyond the time that each has. */
const SLOWEST = 256 * 1024;
/** Bytes that are made and not yet taken, of all connections. */
const UNSENT_MAX = 256 * 1024 * 1024;
const LOOK_MS = 1_000;
/**
 * Cuts off who takes an answer too slowly: each piece of it has to be taken within the time given and one second for every 256 KiB. Were all that
 * waits to be taken more than 256 MiB, those that have been slow for the longest are cut off first, so that memory is bounded however many they are.
 *
 * An answer that waits holds no connection to the database: it is made before it is sent, and an export fetches a page only when the one
 * before is taken.
 */
export const slowReadersPlugin = fp(async (app, { sendMs }) => {
    const waiting = new Map();
    const sockets = new Set();
    app.server.on('connection', (socket) => {
        sockets.add(socket);
        socket.once('close', () => {
            sockets.delete(socket);
            waiting.delete(socket);
        });
    });
    const look = () => {
        const now = performance.now();
        let unsent = 0;
        for (const socket of sockets) {
            const { writableLength } = socket;
            unsent += writableLength;
            const taken = socket.bytesWritten - writableLength;
            const before = waiting.get(socket);
            if (writableLength === 0)
                waiting.delete(socket);
            else if (before?.taken !== taken)
                waiting.set(socket, { taken, until: now + sendMs + (writableLength / SLOWEST) * 1_000 });
            else if (before.until < now)
                socket.destroy();
        }
        for (const [socket] of unsent > UNSENT_MAX ? [...waiting].toSorted(([, a], [, b]) => a.until - b.until) : []) {
            if (unsent <= UNSENT_MAX)
                break;
            unsent -= socket.writableLength;
            socket.destroy();
        }
    };
    const looking = setInterval(look, Math.min(LOOK_MS, sendMs));
    looking.unref();
    app.addHook('onClose', async () => clearInterval(looking));
}, { name: 'slow-readers', fastify: '5.x' });
