namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>A value in a document, JSON or YAML alike, that knows its place.</summary>
/// <param name="Place">Where the value starts.</param>
internal abstract record SpecNode(Place Place)
{
    /// <summary>What was found, in words for a message.</summary>
    public abstract string Found { get; }
}
