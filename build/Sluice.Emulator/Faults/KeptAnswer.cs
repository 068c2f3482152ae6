namespace Sluice.Emulator.Faults;

/// <summary>An answer that can be given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The body's type, or null.</param>
/// <param name="ETag">The entity tag, or null.</param>
/// <param name="Body">The body.</param>
internal sealed record KeptAnswer(int Status, string? ContentType, string? ETag, byte[] Body)
{
    /// <summary>Whether the two say the same.</summary>
    public bool Says(KeptAnswer other) => Status == other.Status && ETag == other.ETag && Body.AsSpan().SequenceEqual(other.Body);
}
