namespace Sluice.Tests.Fuzz.Documents;

/// <summary>A map, whose keys need not differ.</summary>
internal sealed record FuzzMap : FuzzNode
{
    public FuzzMap(IEnumerable<(string Key, FuzzNode Value)> entries)
    {
        Entries = [.. entries];
        Children = [.. Entries.Select(entry => entry.Value)];
        Size = 1 + Children.Sum(child => child.Size);
        Depth = Children.Count == 0 ? 0 : 1 + Children.Max(child => child.Depth);
    }

    public IReadOnlyList<(string Key, FuzzNode Value)> Entries { get; }

    public override IReadOnlyList<FuzzNode> Children { get; }

    public override int Size { get; }

    public override int Depth { get; }

    public override FuzzNode Over(IReadOnlyList<FuzzNode> children) =>
        new FuzzMap(Entries.Select((entry, index) => (entry.Key, children[index])));
}
