namespace Sluice.Emulator.Blobs;

/// <summary>What a request may do.</summary>
/// <param name="Permissions">The letters of a shared access signature; null when everything is allowed.</param>
internal sealed record BlobGrant(string? Permissions)
{
    /// <summary>Everything is allowed.</summary>
    public static BlobGrant Everything { get; } = new((string?)null);

    /// <summary>Whether one of the letters is granted.</summary>
    public bool Allows(string anyOf) => Permissions is null || anyOf.Any(Permissions.Contains);

    /// <summary>Refuses when none of the letters is granted.</summary>
    public void Require(string anyOf)
    {
        if (!Allows(anyOf))
        {
            throw BlobRefuse.NotPermitted(anyOf[0]);
        }
    }
}
