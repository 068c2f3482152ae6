using Sluice.Emulator.Faults;
using Sluice.Emulator.Store;

namespace Sluice.Tests.Emulator;

[TestFixture]
[Category("Unit")]
internal sealed class DatabaseTests
{
    private string _folder = null!;

    private string State => Path.Combine(_folder, "state.db");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("sluice-database-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_state_of_which_only_a_half_is_left_is_called_damaged_with_the_way_out()
    {
        Database.Open(State, NoFaults()).Dispose();
        using (var file = File.OpenWrite(State))
        {
            file.SetLength(file.Length / 2);
        }

        AssertIsDamaged();
    }

    [Test]
    public void A_file_that_is_no_database_is_called_damaged_with_the_way_out()
    {
        File.WriteAllText(State, new string('x', 5000));

        AssertIsDamaged();
    }

    private static Disk NoFaults() => new(new LiveFaults(seed: 1, TimeProvider.System));

    private void AssertIsDamaged()
    {
        var error = Assert.Throws<InvalidDataException>(() => Database.Open(State, NoFaults()));

        Assert.That(error.Message, Does.StartWith($"{State} is damaged (").And.EndsWith("Clear the local Azure ML's state with the target Reset."));
    }
}
