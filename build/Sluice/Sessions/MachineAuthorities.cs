using System.Security.Cryptography.X509Certificates;

namespace Sluice.Sessions;

/// <summary>
/// The certificate authorities that the machine trusts. On Linux .NET reads the files of all of them before the first connection's certificate
/// is looked at, whoever decides on it, and keeps them for the process: a tenth of the time that a look at the workspace takes.
/// </summary>
internal static class MachineAuthorities
{
    /// <summary>Begins to read them, beside all that comes before the first call. It calls nobody; where it fails, the first connection says so.</summary>
    public static void BeginReading() => Task.Run(static () =>
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        _ = store.Certificates;
    });
}
