namespace Sluice.Tests.Fuzz.Documents;

/// <summary>
/// A node of a document that is being broken. Unlike the readers' own nodes it may be anything: a map may have a key twice, and a scalar
/// that is not quoted may be no value at all.
/// </summary>
internal abstract record FuzzNode
{
    /// <summary>The number of nodes: this one and all below it.</summary>
    public abstract int Size { get; }

    /// <summary>The levels below this node.</summary>
    public abstract int Depth { get; }

    /// <summary>The nodes directly below this one.</summary>
    public abstract IReadOnlyList<FuzzNode> Children { get; }

    /// <summary>The same node above other nodes, as many as before.</summary>
    public abstract FuzzNode Over(IReadOnlyList<FuzzNode> children);

    /// <summary>A node by its place: 0 is this one, then depth first.</summary>
    public FuzzNode At(int index)
    {
        var node = this;
        while (index > 0)
        {
            index--;
            var children = node.Children;
            var child = 0;
            while (index >= children[child].Size)
            {
                index -= children[child++].Size;
            }

            node = children[child];
        }

        return node;
    }

    /// <summary>The same tree with one node changed.</summary>
    public FuzzNode With(int index, Func<FuzzNode, FuzzNode> change)
    {
        if (index == 0)
        {
            return change(this);
        }

        index--;
        var children = Children.ToArray();
        var child = 0;
        while (index >= children[child].Size)
        {
            index -= children[child++].Size;
        }

        children[child] = children[child].With(index, change);
        return Over(children);
    }
}
