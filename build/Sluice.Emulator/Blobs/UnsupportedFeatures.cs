using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Blobs;

/// <summary>
/// What the service has and the local one leaves out, by the parameter or header that asks for it. Where the operation itself is another one
/// (<c>comp=snapshot</c>), the table of operations leaves it out.
/// </summary>
internal static class UnsupportedFeatures
{
    private const string DeleteSnapshots = "x-ms-delete-snapshots";

    private static readonly (string Name, string Feature)[] Parameters = [("snapshot", "snapshots"), ("versionid", "versions")];

    private static readonly (string Name, string Feature)[] Headers =
    [
        ("x-ms-copy-source", "copying from another blob"),
        ("x-ms-tags", "blob tags"),
        ("x-ms-if-tags", "blob tags"),
        ("x-ms-encryption-key", "keys that the client provides"),
        ("x-ms-encryption-scope", "encryption scopes"),
        ("x-ms-default-encryption-scope", "encryption scopes"),
        ("x-ms-immutability-policy-until-date", "immutability policies"),
        ("x-ms-legal-hold", "legal holds"),
    ];

    /// <summary>
    /// Refuses a request that asks for one of them: done without it, it would be another request. A blob can be deleted with its snapshots,
    /// for it has none.
    /// </summary>
    /// <exception cref="BlobRefusedException">It asks for one (501), or for no known way to delete snapshots (400).</exception>
    public static void Refuse(HttpRequest request)
    {
        var asked = Parameters.Where(one => request.Query.ContainsKey(one.Name))
            .Concat(Headers.Where(one => request.Headers.ContainsKey(one.Name)))
            .Select(one => one.Feature)
            .FirstOrDefault();
        if (asked is not null)
        {
            throw BlobRefuse.Unsupported(asked);
        }

        switch (request.Headers[DeleteSnapshots].ToString())
        {
            case "" or "include":
                return;
            case "only":
                throw BlobRefuse.Unsupported("snapshots");
            case var other:
                throw BlobRefuse.InvalidHeader(DeleteSnapshots, other, "include or only");
        }
    }
}
