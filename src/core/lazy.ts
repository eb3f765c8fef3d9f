/**
 * Creates a value on first use and keeps it. For what the start does not need, such as the schemas of options:
 * the configs that come with the program are parsed by the build, so most runs need none of them.
 */
export function lazy<Value>(create: () => Value): () => Value {
  let created: { readonly value: Value } | undefined;
  return () => {
    created ??= { value: create() };
    return created.value;
  };
}
