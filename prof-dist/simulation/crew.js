import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
/**
 * Processes that let people live at the same time, each on a gateway of its own: a single one would leave all cores but one to the database. Who
 * lives where changes nothing of what happens to them. A process that fails, or is lost, fails the whole.
 */
export class Crew {
    #members;
    #concurrency;
    #lived;
    #settle;
    #left = 0;
    #numbers = [].values();
    #failure;
    constructor(members, concurrency, lived) {
        this.#members = members;
        this.#concurrency = concurrency;
        this.#lived = lived;
        for (const member of members) {
            member.process.on('message', (message) => this.#hear(member, message));
            const isLost = () => this.#fail(new Error(`a process of the simulation ended (${member.process.signalCode ?? member.process.exitCode})`));
            member.process.on('exit', isLost);
            // It may have been lost while another one began.
            if (!member.process.connected)
                isLost();
        }
    }
    /** Starts so many processes and waits until all can begin. `orders.concurrency` is of each. */
    static async start(size, orders, lived) {
        const begun = await Promise.allSettled(Array.from({ length: size }, () => startMember(orders)));
        const members = begun.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
        const failed = begun.find((it) => it.status === 'rejected');
        if (!failed)
            return new Crew(members, orders.concurrency, lived);
        await Promise.all(members.map((it) => endMember(it.process)));
        throw failed.reason;
    }
    /** Lets these people live; resolves when all have. One call at a time. */
    async live(numbers) {
        if (numbers.length === 0)
            return;
        this.#numbers = numbers.values();
        this.#left = numbers.length;
        await new Promise((resolve, reject) => {
            this.#settle = { resolve, reject };
            if (this.#failure)
                reject(this.#failure);
            else
                for (let place = 0; place < this.#concurrency; place++)
                    for (const member of this.#members)
                        this.#sendNext(member);
        });
    }
    /** Memory of all processes together, as each said last, in MiB. */
    get rssMiB() {
        return this.#members.reduce((sum, it) => sum + it.rssMiB, 0);
    }
    /** Ends the processes. */
    async close() {
        this.#settle = undefined;
        await Promise.all(this.#members.map((it) => endMember(it.process)));
    }
    #sendNext(member) {
        const next = this.#numbers.next();
        if (next.done)
            return;
        tell(member.process, { live: next.value });
    }
    #hear(member, message) {
        if ('failed' in message)
            this.#fail(new Error(message.failed));
        if (!('lived' in message))
            return;
        member.rssMiB = message.rssMiB;
        this.#lived(message.answered);
        this.#left -= 1;
        if (this.#left === 0)
            this.#settle?.resolve();
        else
            this.#sendNext(member);
    }
    #fail(error) {
        this.#failure ??= error;
        this.#settle?.reject(this.#failure);
    }
}
async function startMember(orders) {
    const extension = extname(import.meta.url);
    const child = fork(fileURLToPath(new URL(`./crew-member${extension}`, import.meta.url)), {
        serialization: 'advanced',
        execArgv: extension === '.ts' ? ['--import', import.meta.resolve('tsx')] : [],
    });
    tell(child, { orders });
    const message = await Promise.race([
        once(child, 'message').then(([it]) => it),
        once(child, 'exit').then(([code, signal]) => ({ failed: `a process of the simulation did not begin (${signal ?? code})` })),
    ]);
    if ('failed' in message) {
        await endMember(child);
        throw new Error(message.failed);
    }
    return { process: child, rssMiB: 0 };
}
function tell(child, message) {
    if (child.connected)
        child.send(message);
}
async function endMember(child) {
    if (child.exitCode !== null || child.signalCode !== null)
        return;
    const ended = once(child, 'exit');
    if (child.connected)
        child.disconnect();
    await ended;
}
