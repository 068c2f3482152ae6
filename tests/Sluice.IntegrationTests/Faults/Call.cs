using System.Text.RegularExpressions;

namespace Sluice.IntegrationTests.Faults;

/// <summary>One request of a rollout, told from its like by their order: <c>PUT onlineEndpoints/heart-classifier</c>, the second.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Path">What is called, without what differs from run to run.</param>
/// <param name="Occurrence">1 for the first request of this verb and path, and so on.</param>
internal sealed partial record Call(string Method, string Path, int Occurrence)
{
    public bool IsBlob { get; private init; }

    public bool IsPoll => Path.StartsWith("mfeOperations", StringComparison.Ordinal);

    /// <summary>Whether ARM may have been changed by it; the POSTs of a rollout only read.</summary>
    public bool IsArmWrite => !IsBlob && Method is "PUT" or "PATCH" or "DELETE";

    public bool IsRead => Method is "GET" or "HEAD" or "POST";

    public static Call Of(HttpRequestMessage request, Func<string, int> count)
    {
        var uri = request.RequestUri!;
        var isBlob = uri.Host.Contains(".blob.", StringComparison.Ordinal);
        var path = Guids().Replace(isBlob ? uri.AbsolutePath : BeforeTheRest().Replace(uri.AbsolutePath, ""), "*");
        path = Digests().Replace(path, "*") + (isBlob && Component().Match(uri.Query) is { Success: true } match ? "?" + match.Value : "");
        return new Call(request.Method.Method, path, count($"{request.Method} {path}")) { IsBlob = isBlob };
    }

    public override string ToString() => $"{Method} {Path} #{Occurrence}";

    [GeneratedRegex("^.*/(workspaces/[^/]+/|locations/[^/]+/)")]
    private static partial Regex BeforeTheRest();

    [GeneratedRegex("(o[ed]:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(:[0-9a-f-]{36})?")]
    private static partial Regex Guids();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex("comp=[a-z]+")]
    private static partial Regex Component();
}
