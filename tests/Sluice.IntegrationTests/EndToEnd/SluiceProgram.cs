namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>
/// The program that the tests start. The run parameter Program names the folder of a published one, which starts in a fraction of the time:
/// <c>--target=Test</c> gives its own. Without it, it is the one that was built with the tests.
/// </summary>
internal static class SluiceProgram
{
    /// <summary>The folder of the program and of all that it loads.</summary>
    public static string Folder => TestContext.Parameters.Get("Program", TestContext.CurrentContext.TestDirectory);

    /// <summary>What <c>dotnet</c> starts.</summary>
    public static string File => Path.Combine(Folder, "Sluice.dll");
}
