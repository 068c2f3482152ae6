namespace Sluice.IntegrationTests.Emulator;

/// <summary>What the local Azure ML runs scoring scripts with.</summary>
internal static class ScriptInterpreter
{
    /// <summary>Skips the test on a machine that has none.</summary>
    public static void Require()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "python3"))))
        {
            Assert.Ignore("There is no python3 on the PATH, which the local Azure ML runs scoring scripts with.");
        }
    }
}
