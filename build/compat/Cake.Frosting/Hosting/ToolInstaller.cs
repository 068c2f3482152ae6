using Cake.Core.Packaging;

namespace Cake.Frosting.Hosting;

/// <summary>Installs tools by the engine's own installer.</summary>
/// <param name="installer">The engine's installer.</param>
internal sealed class ToolInstaller(Cake.Core.Tooling.IToolInstaller installer) : IToolInstaller
{
    /// <inheritdoc/>
    public void Install(PackageReference tool)
    {
        // The engine installs as its result is enumerated.
        foreach (var _ in installer.Install(tool))
        {
        }
    }
}
