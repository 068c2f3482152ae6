using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>Installs the tools that a build asks for, before its first task.</summary>
public interface IToolInstaller
{
    /// <summary>Installs one tool.</summary>
    /// <param name="tool">Where the tool comes from, e.g. <c>dotnet:?package=GitVersion.Tool</c>.</param>
    /// <exception cref="Cake.Core.CakeException">No installer knows the scheme of the reference, or the installation fails.</exception>
    void Install(PackageReference tool);
}
