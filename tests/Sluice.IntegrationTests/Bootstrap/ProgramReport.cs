namespace Sluice.IntegrationTests.Bootstrap;

/// <summary>What the small program of <see cref="SmallRepository"/> tells about itself.</summary>
internal sealed record ProgramReport(string[] Arguments, string Directory, string Root, string Folder, int ProcessId, string Greeting);
