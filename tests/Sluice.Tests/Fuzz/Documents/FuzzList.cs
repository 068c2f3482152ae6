namespace Sluice.Tests.Fuzz.Documents;

/// <summary>A list.</summary>
internal sealed record FuzzList : FuzzNode
{
    public FuzzList(IEnumerable<FuzzNode> items)
    {
        Children = [.. items];
        Size = 1 + Children.Sum(child => child.Size);
        Depth = Children.Count == 0 ? 0 : 1 + Children.Max(child => child.Depth);
    }

    public override IReadOnlyList<FuzzNode> Children { get; }

    public override int Size { get; }

    public override int Depth { get; }

    public override FuzzNode Over(IReadOnlyList<FuzzNode> children) => new FuzzList(children);
}
