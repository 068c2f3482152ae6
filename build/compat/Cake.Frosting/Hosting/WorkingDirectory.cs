using Cake.Core.IO;

namespace Cake.Frosting.Hosting;

/// <summary>The working directory that a build asks for.</summary>
/// <param name="Path">Relative to the current directory, or absolute.</param>
internal sealed record WorkingDirectory(DirectoryPath Path);
