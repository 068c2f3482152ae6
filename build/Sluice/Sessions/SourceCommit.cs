using Cake.Common.Build;
using Cake.Core;

namespace Sluice.Sessions;

/// <summary>The commit that a run was made from, for the journal: whoever reads it later finds the sources and the configuration.</summary>
internal static class SourceCommit
{
    private const int LongestFile = 1024 * 1024;

    /// <summary>
    /// In GitHub Actions and Azure Pipelines what the agent's variables say (<c>GITHUB_SHA</c>, <c>BUILD_SOURCEVERSION</c>); elsewhere what the
    /// checkout's <c>HEAD</c> leads to. Null where there is no checkout of Git, or one that can't be read.
    /// </summary>
    /// <param name="context">The engine's context.</param>
    /// <param name="root">The folder of Sluice: the checkout's, or one below it.</param>
    public static string? Of(ICakeContext context, string root)
    {
        var build = context.BuildSystem();
        var said = build.IsRunningOnGitHubActions ? build.GitHubActions.Environment.Workflow.Sha
            : build.IsRunningOnAzurePipelines ? build.AzurePipelines.Environment.Repository.SourceVersion
            : null;
        return Checked(said) ?? Of(root);
    }

    /// <summary>The commit of a checkout, read from its files alone (gitrepository-layout(5)); null when there is none.</summary>
    /// <param name="root">The folder of Sluice: the checkout's, or one below it.</param>
    public static string? Of(string root)
    {
        try
        {
            if (CheckoutAround(root) is not { } checkout)
            {
                return null;
            }

            var git = Path.Combine(checkout, ".git");

            // A further working tree has a file that says where its part of the repository lies, and that says where the common part does.
            var own = File.Exists(git) ? Path.GetFullPath(After(Read(git), "gitdir: ") ?? "", checkout) : git;
            var common = Path.Combine(own, "commondir") is var link && File.Exists(link) ? Path.GetFullPath(Read(link), own) : own;
            var head = Read(Path.Combine(own, "HEAD"));
            return After(head, "ref: ") is { } name ? Checked(Loose(own, name) ?? Loose(common, name) ?? Packed(common, name)) : Checked(head);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The folder itself, or the next one above it, that has a <c>.git</c>, as Git looks for it; null where none has.</summary>
    private static string? CheckoutAround(string folder)
    {
        var around = folder;
        while (around is not null && !Path.Exists(Path.Combine(around, ".git")))
        {
            around = Path.GetDirectoryName(around);
        }

        return around;
    }

    private static string? Loose(string folder, string name) =>
        name.Contains("..", StringComparison.Ordinal) || Path.Combine(folder, name) is var file && !File.Exists(file) ? null : Read(file);

    private static string? Packed(string folder, string name) => Path.Combine(folder, "packed-refs") is var file && File.Exists(file)
        ? Read(file).Split('\n').FirstOrDefault(line => line.TrimEnd().EndsWith($" {name}", StringComparison.Ordinal))?.Split(' ')[0]
        : null;

    private static string Read(string file) =>
        new FileInfo(file).Length <= LongestFile ? File.ReadAllText(file).Trim() : throw new IOException($"{file} is too long.");

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].Trim() : null;

    /// <summary>SHA-1 or SHA-256 in hex, or nothing: a variable may hold anything.</summary>
    private static string? Checked(string? commit) =>
        commit is { Length: 40 or 64 } && commit.All(char.IsAsciiHexDigit) ? commit.ToLowerInvariant() : null;
}
