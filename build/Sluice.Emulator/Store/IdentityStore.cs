using System.Collections.Immutable;
using Sluice.Emulator.Hosting;

namespace Sluice.Emulator.Store;

/// <summary>Keeps the one <see cref="EmulatorIdentity"/> of a state folder.</summary>
internal sealed class IdentityStore(Database database)
{
    private const string Key = "emulator";
    private readonly DocumentTable<EmulatorIdentity> _table = new("identity", StateJson.Default.EmulatorIdentity);

    /// <summary>Reads the identity, drawing it at the first start.</summary>
    public EmulatorIdentity LoadOrDraw()
    {
        using var connection = database.Connect();
        return _table.Load(connection).GetValueOrDefault(Key) ?? Save(EmulatorIdentity.Draw());
    }

    /// <summary>Writes the identity.</summary>
    public EmulatorIdentity Save(EmulatorIdentity identity)
    {
        using var turn = database.TakeTurn();
        using var connection = database.Connect();
        var none = ImmutableDictionary<string, EmulatorIdentity>.Empty;
        _table.Save(connection, none, none.Add(Key, identity));
        return identity;
    }
}
