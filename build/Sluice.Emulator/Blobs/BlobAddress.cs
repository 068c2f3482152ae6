namespace Sluice.Emulator.Blobs;

/// <summary>What a blob request is about, from its host and raw path.</summary>
/// <param name="Account">The storage account.</param>
/// <param name="Container">The container, or null for the account itself.</param>
/// <param name="Blob">The blob's name, or null for the container itself.</param>
/// <param name="RawPath">The path as it was sent, which is what a shared key signs.</param>
internal sealed record BlobAddress(string Account, string? Container, string? Blob, string RawPath)
{
    /// <summary>
    /// What follows <c>blob.</c> in the service's host. Azure's storage client for Python takes as the account what stands before
    /// <c>.blob.core.</c>, and in a host without it splits a path as that of azurite.
    /// </summary>
    public const string Domain = "core.localhost";

    /// <summary>What follows the account in the service's host.</summary>
    public const string HostSuffix = $".blob.{Domain}";

    /// <summary>What followed it once, which is in addresses that state folders have kept.</summary>
    public const string FormerHostSuffix = ".blob.localhost";

    private const string RootContainer = "$root";

    /// <summary>Whether a host is the service's.</summary>
    public static bool IsServiceHost(string host) => SuffixOf(host) is not null;

    /// <summary>
    /// Reads an address: <c>{account}.blob.core.localhost/{container}/{blob}</c>, or <c>/{account}/{container}/{blob}</c> on another host.
    /// </summary>
    /// <param name="host">The host, without port.</param>
    /// <param name="rawTarget">The request target as it was sent.</param>
    /// <param name="account">The account there is; a path of another host that does not begin with it is no blob address.</param>
    /// <returns>The address, or null when it is none.</returns>
    public static BlobAddress? TryParse(string host, string rawTarget, string account)
    {
        var rawPath = PathOf(rawTarget);
        if (SuffixOf(host) is { } suffix)
        {
            return Of(host[..^suffix.Length].ToLowerInvariant(), rawPath, rawPath.TrimStart('/'));
        }

        var path = rawPath.AsSpan().TrimStart('/');
        var slash = path.IndexOf('/');
        return (slash < 0 ? path : path[..slash]).SequenceEqual(account)
            ? Of(account, rawPath, slash < 0 ? "" : path[(slash + 1)..].ToString())
            : null;
    }

    /// <summary>
    /// The address as a request to the service means it. A path of one segment is a container's only in a request that says so; in any other
    /// it is a blob's in the root container (documentation: "Naming and referencing containers, blobs, and metadata").
    /// </summary>
    /// <param name="resourceType">
    /// The request's <c>restype</c>: <c>container</c>, or <c>account</c>, whose kind may be asked of a container too; anything else means a blob.
    /// </param>
    public BlobAddress OfRequest(string resourceType) => this switch
    {
        { Container: null } or { Blob: not null } => this,
        _ when resourceType.ToLowerInvariant() is "container" or "account" => this,
        _ => this with { Container = RootContainer, Blob = RawPath.EndsWith('/') ? $"{Container}/" : Container },
    };

    private static string? SuffixOf(string host) =>
        host.EndsWith(HostSuffix, StringComparison.OrdinalIgnoreCase) ? HostSuffix
        : host.EndsWith(FormerHostSuffix, StringComparison.OrdinalIgnoreCase) ? FormerHostSuffix
        : null;

    private static BlobAddress Of(string account, string rawPath, string rest)
    {
        var parts = rest.Split('/', 2);
        return new BlobAddress(
            account,
            parts[0].Length == 0 ? null : Uri.UnescapeDataString(parts[0]),
            parts.Length < 2 || parts[1].Length == 0 ? null : Uri.UnescapeDataString(parts[1]),
            rawPath);
    }

    // A proxy's request target carries scheme and host too.
    private static string PathOf(string rawTarget)
    {
        var query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var target = query < 0 ? rawTarget : rawTarget[..query];
        return target.StartsWith('/') ? target : Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.AbsolutePath : "/";
    }
}
