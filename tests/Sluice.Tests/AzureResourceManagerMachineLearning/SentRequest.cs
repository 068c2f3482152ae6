using System.Text.Json.Nodes;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>A request that reached a <see cref="ScriptedService"/>.</summary>
internal sealed record SentRequest(string Method, Uri Uri, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Uri.AbsolutePath;

    public JsonNode Json => JsonNode.Parse(Body)!;

    public override string ToString() => $"{Method} {Uri.PathAndQuery}";
}
