using System.Collections.Immutable;
using System.Security.Cryptography;
using Sluice.Benchmarks.Figures;
using Sluice.Benchmarks.Measuring;

namespace Sluice.Benchmarks.Rehearsals;

/// <summary>A reference that is written for Node, with its packages installed as its lock file pins them.</summary>
/// <param name="Folder">The folder it is installed in.</param>
internal sealed record NodeReference(string Folder)
{
    /// <summary>Installs a reference; once, as long as its lock file stays the same.</summary>
    /// <param name="ground">Whose checkout.</param>
    /// <param name="name">Its folder in <c>References/</c>.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="MissingToolException">Node or a package can't be had.</exception>
    public static async Task<NodeReference> InstallAsync(Ground ground, string name, CancellationToken cancellationToken)
    {
        var source = Path.Combine(ground.Checkout, "tests", "Sluice.Benchmarks", "References", name);
        var pinned = await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"), cancellationToken);
        var digest = Convert.ToHexStringLower(SHA256.HashData(pinned))[..12];
        var target = Directory.CreateDirectory(Path.Combine(ground.Checkout, "artifacts", "references", $"{name}-{digest}")).FullName;
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        var mark = Path.Combine(target, "installed");
        if (!File.Exists(mark))
        {
            try
            {
                await new Command("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], target).RunAsync(cancellationToken);
            }
            catch (InvalidOperationException failure)
            {
                throw new MissingToolException($"npm can't install {name}: {failure.Message}");
            }

            await File.WriteAllTextAsync(mark, "", cancellationToken);
        }

        return new(target);
    }

    /// <summary>Runs a script of it to its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="environment">Environment variables beside this process's own.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task<CommandRun> RunAsync(string script, ImmutableDictionary<string, string> environment, CancellationToken cancellationToken) =>
        new Command("node", [script], Folder) { Environment = environment }.RunAsync(cancellationToken);
}
