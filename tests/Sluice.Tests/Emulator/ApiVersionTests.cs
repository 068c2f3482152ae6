using Sluice.Emulator.Arm;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class ApiVersionTests
{
    [TestCase("2024-10-01", ExpectedResult = true)]
    [TestCase("2022-02-01-preview", ExpectedResult = true)]
    [TestCase("2099-12-31-PREVIEW", ExpectedResult = true)]
    [TestCase("2024-13-45", ExpectedResult = false)]
    [TestCase("2022-13-99-preview", ExpectedResult = false)]
    [TestCase("2023-02-29", ExpectedResult = false)]
    [TestCase("2024-10-01-beta", ExpectedResult = false)]
    [TestCase("latest", ExpectedResult = false)]
    public bool A_version_is_a_date_of_the_calendar(string version) => ArmPipeline.IsApiVersion(version);
}
