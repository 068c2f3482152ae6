using HeartClassifier.Trainer.Data;

namespace Sluice.Tests.Models;

[Category("Unit")]
internal sealed class HeartDataTests
{
    private const string Header = "age,sex,cp,trestbps,chol,fbs,restecg,thalach,exang,oldpeak,slope,ca,thal,target";

    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public void A_row_is_read_whatever_the_line_ends_and_the_order_of_the_columns()
    {
        File.WriteAllText(
            _file,
            "target,thal,oldpeak,age,sex,cp,trestbps,chol,fbs,restecg,thalach,exang,slope,ca\r\n1,fixed,2.4,50,1,4,140,222,1,2,133,0,3,1");

        var row = HeartData.Load(_file).Single();

        Assert.That(row.InputValues(), Is.EqualTo(new object[] { 50L, 1L, 4L, 140L, 222L, 1L, 2L, 133L, 0L, 2.4f, 3L, 1L, "fixed" }));
        Assert.That(row.Target, Is.True);
    }

    [TestCase("age,sex", "1: the header lacks cp, trestbps")]
    [TestCase(Header + "\n50,1", "2: 2 values where the header names 14 columns.")]
    [TestCase(Header + "\n50.5,1,4,140,222,1,2,133,0,2.4,3,1,fixed,0", "2: age is '50.5'; it must be a whole number.")]
    [TestCase(Header + "\n50,1,4,140,222,1,2,133,0,?,3,1,fixed,0", "2: oldpeak is '?'; it must be a decimal number.")]
    [TestCase(Header + "\n50,1,4,140,222,1,2,133,0,2.4,3,1,fixed,2", "2: target is '2'; it must be 0 or 1.")]
    public void A_mistake_is_named_with_file_and_line(string text, string complaint)
    {
        File.WriteAllText(_file, text);

        Assert.That(() => HeartData.Load(_file), Throws.TypeOf<InvalidDataException>().With.Message.Contains($"{_file}:{complaint}"));
    }
}
