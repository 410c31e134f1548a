import { planVisits } from './course.rules.ts';
import { type Life, nextMoment } from './life.ts';
import { inventPerson, type Person } from './person.rules.ts';
import { publishExaminations } from './publish-examinations.ts';
import { Random } from './random.ts';
import type { Region } from './region.ts';
import { makeVisit } from './visit.ts';

interface Act {
  readonly at: number;
  readonly act: () => Promise<void>;
}

/** Everything that befalls the person of a number within the period, one after another in the order of time. */
export async function livePerson(region: Region, number: number): Promise<void> {
  const random = new Random(region.seed, 'life', number);
  const person = inventPerson(region.preset, region.seed, number);
  await live(region, person, random, (life) => {
    for (const visit of planVisits(random, region.preset, person, region.institutions, region.period)) {
      life.later(visit.at, () => makeVisit(life, visit));
    }
  });
}

/** Somebody who is only examined, at a township of the district whose images are uploaded. */
export async function uploadPerson(region: Region, number: number, until: number): Promise<void> {
  const { district } = region.preset.uploads;
  const random = new Random(region.seed, 'upload', number);
  const person = inventPerson(region.preset, region.seed, number, district);
  const townships = region.institutions.filter((it) => it.district === district);
  const department = random.draw(region.preset.departments.filter((it) => imagingOf(region, it.orders).length > 0));
  const order = random.draw(imagingOf(region, department.orders)).set;
  await live(region, person, random, (life) => {
    const at = region.period.from + random.fraction() * (until - region.period.from);
    life.later(at, () => publishExaminations(life, random.pick(townships), [order]));
  });
}

function imagingOf<Order extends { readonly set: string }>({ preset }: Region, orders: readonly Order[]): readonly Order[] {
  return orders.filter((it) => preset.orderSets[it.set]?.kind === 'imaging');
}

async function live(region: Region, person: Person, random: Random, begin: (life: Life) => void): Promise<void> {
  const acts: Act[] = [];
  const life: Life = {
    region,
    person,
    random,
    known: new Map(),
    standing: false,
    now: region.period.from,
    visits: 0,
    reports: 0,
    later(at, act) {
      if (at >= region.period.until) return;
      const place = acts.findIndex((it) => it.at > at);
      acts.splice(place < 0 ? acts.length : place, 0, { at, act });
    },
  };
  begin(life);
  for (let next = acts.shift(); next; next = acts.shift()) {
    nextMoment(life, next.at);
    if (life.now < region.period.until) await next.act();
  }
}
