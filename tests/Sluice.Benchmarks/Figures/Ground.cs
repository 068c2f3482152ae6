namespace Sluice.Benchmarks.Figures;

/// <summary>Where the measurements take place.</summary>
/// <param name="Checkout">The folder of the checkout that is measured.</param>
/// <param name="Scratch">A folder for what a measurement makes; deleted at the end.</param>
/// <param name="Say">Takes a line about what is going on.</param>
internal sealed record Ground(string Checkout, string Scratch, Action<string> Say)
{
    /// <summary>A new, empty folder.</summary>
    /// <param name="name">Its name.</param>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Scratch, $"{name}-{Guid.NewGuid():N}")).FullName;
}
