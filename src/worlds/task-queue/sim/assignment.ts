/**
 * Assigns partitions to members: evenly and with as few moves as possible.
 * @param owners the current owner of each partition @returns the next owners; undefined without members
 */
export function assign<Member>(
  owners: readonly (Member | undefined)[],
  members: readonly Member[],
): (Member | undefined)[] {
  if (members.length === 0) return owners.map(() => undefined);
  const least = Math.floor(owners.length / members.length);
  let extra = owners.length % members.length;
  const counts = new Map(members.map((member) => [member, 0]));
  const next = owners.map((owner) => {
    const count = owner === undefined ? undefined : counts.get(owner);
    if (owner === undefined || count === undefined || count > least) return undefined;
    if (count === least && extra-- <= 0) return undefined;
    counts.set(owner, count + 1);
    return owner;
  });
  return next.map((owner) => {
    if (owner !== undefined) return owner;
    const [chosen] = [...counts].reduce((a, b) => (b[1] < a[1] ? b : a));
    counts.set(chosen, counts.get(chosen)! + 1);
    return chosen;
  });
}

/** Moves every partition to the member after its current owner. */
export function rotate<Member>(
  owners: readonly (Member | undefined)[],
  members: readonly Member[],
): (Member | undefined)[] {
  return owners.map((owner) => members[(members.indexOf(owner as Member) + 1) % members.length]);
}
