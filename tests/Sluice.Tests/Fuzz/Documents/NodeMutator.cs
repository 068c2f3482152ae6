namespace Sluice.Tests.Fuzz.Documents;

/// <summary>Breaks a document where its meaning is: the result is still well-formed in most cases, so it is read to its end.</summary>
/// <param name="donors">Documents whose parts are put where they do not belong.</param>
internal sealed class NodeMutator(IReadOnlyList<FuzzNode> donors)
{
    private const int DeepNesting = 300;
    private const int ManyItems = 2000;
    private const int LargestTree = 20_000;

    /// <summary>The document with one change.</summary>
    public FuzzNode Mutate(FuzzNode root, Random random) =>
        root.With(random.Next(root.Size), node => Change(node, random));

    private FuzzNode Change(FuzzNode node, Random random) => random.Next(10) switch
    {
        0 => OddValues.Scalar(random),
        1 => Graft(random),
        2 => Nest(node, random),
        3 when node.Children.Count > 0 => node.Children[random.Next(node.Children.Count)],
        _ => node switch
        {
            FuzzMap map => new FuzzMap(Changed(map.Entries, entry => Rekeyed(entry, random), () => (Key(random), Graft(random)), random)),
            FuzzList list => new FuzzList(Changed(list.Children, item => Change(item, random), () => Graft(random), random)),
            FuzzScalar scalar => Tweak(scalar, random),
            _ => node,
        },
    };

    private static List<T> Changed<T>(IReadOnlyList<T> items, Func<T, T> change, Func<T> make, Random random)
    {
        var changed = items.ToList();
        if (changed.Count == 0)
        {
            return [make()];
        }

        var at = random.Next(changed.Count);
        switch (random.Next(8))
        {
            case 0 or 1:
                changed.RemoveAt(at);
                break;
            case 2:
                changed.Insert(random.Next(changed.Count + 1), changed[at]);
                break;
            case 3:
                var other = random.Next(changed.Count);
                (changed[at], changed[other]) = (changed[other], changed[at]);
                break;
            case 4:
                changed.Insert(at, make());
                break;
            case 5 when random.Next(20) == 0:
                changed.AddRange(Enumerable.Repeat(changed[at], random.Next(ManyItems)));
                break;
            case 6 when random.Next(4) == 0:
                changed.Clear();
                break;
            default:
                changed[at] = change(changed[at]);
                break;
        }

        return changed;
    }

    private (string, FuzzNode) Rekeyed((string Key, FuzzNode Value) entry, Random random) => random.Next(6) switch
    {
        0 => (entry.Key.ToUpperInvariant(), entry.Value),
        1 => (entry.Key + "s", entry.Value),
        2 when entry.Key.Length > 1 => (entry.Key.Remove(random.Next(entry.Key.Length), 1), entry.Value),
        3 => (Key(random), entry.Value),
        _ => (entry.Key, Change(entry.Value, random)),
    };

    private string Key(Random random)
    {
        var keys = donors[random.Next(donors.Count)] is FuzzMap { Entries: { Count: > 0 } entries } ? entries : null;
        return keys is null || random.Next(3) == 0 ? OddValues.Text(random) : keys[random.Next(keys.Count)].Key;
    }

    private FuzzNode Graft(Random random)
    {
        var donor = donors[random.Next(donors.Count)];
        return random.Next(3) == 0 ? OddValues.Scalar(random) : donor.At(random.Next(donor.Size));
    }

    private FuzzNode Nest(FuzzNode node, Random random)
    {
        var levels = random.Next(50) == 0 ? random.Next(DeepNesting) : 1 + random.Next(3);
        for (var level = node.Depth; levels > 0 && level < DeepNesting && node.Size < LargestTree; levels--, level++)
        {
            node = random.Next(2) == 0 ? new FuzzList([node]) : new FuzzMap([(Key(random), node)]);
        }

        return node;
    }

    private static FuzzScalar Tweak(FuzzScalar scalar, Random random) => random.Next(6) switch
    {
        0 => scalar with { IsText = !scalar.IsText },
        1 => scalar with { Text = scalar.Text + OddValues.Text(random) },
        2 => scalar with { Text = OddValues.Literal(random) },
        3 when scalar.Text.Length > 0 => scalar with { Text = scalar.Text.Remove(random.Next(scalar.Text.Length), 1) },
        4 => scalar with { Text = scalar.Text.ToUpperInvariant() },
        _ => scalar with { Text = OddValues.Text(random) },
    };
}
