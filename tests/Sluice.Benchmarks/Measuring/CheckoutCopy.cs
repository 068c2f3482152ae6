using Sluice.Benchmarks.Figures;

namespace Sluice.Benchmarks.Measuring;

/// <summary>A copy of the checkout's files, as Git knows them, which a measurement may edit and build.</summary>
internal static class CheckoutCopy
{
    /// <summary>Makes one.</summary>
    /// <param name="ground">Whose checkout, and where.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Its folder.</returns>
    public static async Task<string> MakeAsync(Ground ground, CancellationToken cancellationToken)
    {
        var folder = ground.Folder("copy");
        var files = await new Command("git", ["ls-files", "-z"], ground.Checkout).RunAsync(cancellationToken);
        foreach (var file in files.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var (from, to) = (Path.Combine(ground.Checkout, file), Path.Combine(folder, file));
            if (File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(from, to);
            }
        }

        return folder;
    }
}
