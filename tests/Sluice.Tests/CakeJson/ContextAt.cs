using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Sluice.Tests.CakeJson;

/// <summary>A context that knows its working directory and nothing else.</summary>
internal sealed class ContextAt(DirectoryPath directory) : ICakeContext, ICakeEnvironment
{
    public ICakeEnvironment Environment => this;

    public DirectoryPath WorkingDirectory { get; set; } = directory;

    public IFileSystem FileSystem => throw Unused();

    public IGlobber Globber => throw Unused();

    public ICakeLog Log => throw Unused();

    public ICakeArguments Arguments => throw Unused();

    public IProcessRunner ProcessRunner => throw Unused();

    public IRegistry Registry => throw Unused();

    public IToolLocator Tools => throw Unused();

    public ICakeDataResolver Data => throw Unused();

    public ICakeConfiguration Configuration => throw Unused();

    public DirectoryPath ApplicationRoot => throw Unused();

    public ICakePlatform Platform => throw Unused();

    public ICakeRuntime Runtime => throw Unused();

    public DirectoryPath GetSpecialPath(SpecialPath path) => throw Unused();

    public string GetEnvironmentVariable(string variable) => throw Unused();

    public IDictionary<string, string> GetEnvironmentVariables() => throw Unused();

    private static NotSupportedException Unused() => new("Only the working directory may be asked for.");
}
