namespace Sluice.Emulator.Blobs;

/// <summary>What a request may do.</summary>
/// <param name="Permissions">The letters of a shared access signature; null when everything is allowed.</param>
/// <param name="OfContainers">
/// The letters that hold for containers themselves, and not for what is in them; null when everything is allowed. The signature of a service
/// has none: it cannot make, delete or lease a container, nor read or write its properties and metadata ("Create a service SAS").
/// </param>
internal sealed record BlobGrant(string? Permissions, string? OfContainers)
{
    /// <summary>Everything is allowed.</summary>
    public static BlobGrant Everything { get; } = new(null, null);

    /// <summary>What the signature of a service grants, of one container or blob.</summary>
    public static BlobGrant OfService(string permissions) => new(permissions, OfContainers: "");

    /// <summary>What the signature of the account grants.</summary>
    public static BlobGrant OfAccount(string permissions) => new(permissions, permissions);

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

    /// <summary>Refuses when none of the letters is granted for containers themselves.</summary>
    public void RequireOfContainer(string anyOf)
    {
        if (OfContainers is { Length: 0 })
        {
            throw BlobRefuse.NotAuthorized();
        }

        Require(anyOf);
    }
}
