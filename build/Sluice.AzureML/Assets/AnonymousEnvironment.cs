using System.Security.Cryptography;
using System.Text;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Assets;

/// <summary>
/// How the official client calls an environment that a deployment's file describes without a name (Azure/azure-sdk-for-python,
/// <c>sdk/ml/azure-ai-ml</c>, <c>entities/_assets/environment.py</c>): one name for all, and a version that follows from the content. So
/// the same description gives the same version, by this program and by that one. With an <c>inference_config</c> the versions
/// differ, because the client hashes the text form of one of its Python objects there.
/// </summary>
internal static class AnonymousEnvironment
{
    /// <summary>The name.</summary>
    public const string Name = "CliV2AnonymousEnvironment";

    /// <summary>The version: 32 hex digits.</summary>
    public static string VersionOf(InlineEnvironment environment)
    {
        var hash = Md5(environment.Build?.Folder?.Digest ?? environment.Build?.Uri ?? environment.Image ?? "");
        if (environment.Build is not null)
        {
            return Md5(Joined(hash, environment.Build.DockerfilePath));
        }

        var routes = environment.InferenceConfig is { } config
            ? string.Join('\n', new[] { config.Liveness, config.Readiness, config.Scoring }.Select(route => $"{route.Port} {route.Path}"))
            : null;
        return Md5(Joined(Joined(hash, routes), environment.CondaFile));
    }

    /// <summary>The client joins the digits of one hash with the other one between each two of them.</summary>
    private static string Joined(string hash, string? text) => text is null ? hash : string.Join(hash, Md5(text).AsEnumerable());

    private static string Md5(string text)
    {
#pragma warning disable CA5351 // It names content and guards nothing; the official client's names are made with it.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
    }
}
