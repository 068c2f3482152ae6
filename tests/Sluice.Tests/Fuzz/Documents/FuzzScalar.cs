namespace Sluice.Tests.Fuzz.Documents;

/// <summary>A value without members.</summary>
/// <param name="Text">The content of a text, or the literal as it is written.</param>
/// <param name="IsText">Whether it is a text, and is written so that it stays one.</param>
internal sealed record FuzzScalar(string Text, bool IsText) : FuzzNode
{
    public override int Size => 1;

    public override int Depth => 0;

    public override IReadOnlyList<FuzzNode> Children => [];

    public override FuzzNode Over(IReadOnlyList<FuzzNode> children) => this;
}
