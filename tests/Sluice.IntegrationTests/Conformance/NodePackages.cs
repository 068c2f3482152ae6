using System.Security.Cryptography;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>A folder of this project with a package.json and a lock file, installed once under <c>artifacts/</c>.</summary>
internal static class NodePackages
{
    /// <summary>
    /// Installs exactly what the lock file says, unless that was done before. Ignores the test, and says why, where Node is missing or
    /// too old, and where the packages cannot be had.
    /// </summary>
    /// <param name="name">The folder's name.</param>
    /// <param name="oldest">The oldest major version of Node that the packages run on.</param>
    /// <returns>The installed folder; the scripts are in it too.</returns>
    public static async Task<string> InstallAsync(string name, int oldest)
    {
        var node = await ClientRun.TryAsync("node", ["--version"]);
        if (node is not { ExitCode: 0 })
        {
            Assert.Ignore("There is no Node.js on this machine: no program 'node' was found.");
        }

        var version = node!.Output.Trim();
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], out var major) || major < oldest)
        {
            Assert.Ignore($"Node.js is {version} on this machine; the packages in {name}/ need {oldest} or newer.");
        }

        var source = Path.Combine(Repository.Root, "tests", "Sluice.IntegrationTests", "Conformance", name);
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"));
        var digest = Convert.ToHexStringLower(SHA256.HashData(lockFile))[..12];
        var target = Path.Combine(Repository.Root, "artifacts", "conformance", $"{name}-{digest}");
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        var mark = Path.Combine(target, "installed");
        if (File.Exists(mark))
        {
            return target;
        }

        var npm = await ClientRun.TryAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], target);
        if (npm is not { ExitCode: 0 })
        {
            var reason = npm is null ? "no program 'npm' was found" : npm.Error.Trim();
            Assert.Ignore($"npm could not install the packages of {name}/: {reason}");
        }

        await File.WriteAllTextAsync(mark, version);
        return target;
    }
}
