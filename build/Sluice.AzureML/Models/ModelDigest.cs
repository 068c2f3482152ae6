using System.Text.RegularExpressions;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Models;

/// <summary>The content hash that a registered version tells.</summary>
internal static partial class ModelDigest
{
    /// <summary>
    /// The hash in the rollout's tag, or else in the path that <c>az ml model create</c> uploads to; null when neither tells it.
    /// </summary>
    public static string? Of(MachineLearningModelVersionProperties version)
    {
        if (version.Tags is { } tags && tags.TryGetValue(RoleTags.Digest, out var digest) && !string.IsNullOrEmpty(digest))
        {
            return digest;
        }

        return version.ModelUri is { } uri && UploadPath().Match(uri.OriginalString) is { Success: true } match
            ? match.Groups["hash"].Value.ToLowerInvariant()
            : null;
    }

    // 64 digits are the present form of the hash, 32 the older one; az-ml-artifacts is where early releases uploaded to.
    [GeneratedRegex("/paths/(LocalUpload|az-ml-artifacts)/(?<hash>[0-9a-f]{64}|[0-9a-f]{32})/", RegexOptions.IgnoreCase)]
    private static partial Regex UploadPath();
}
