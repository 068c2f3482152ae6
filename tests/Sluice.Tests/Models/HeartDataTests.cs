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
            "target,thal,oldpeak,age,sex,cp,trestbps,chol,fbs,restecg,thalach,exang,slope,ca\r\n1,fixed,2.3,63,1,4,145,233,1,2,150,0,3,0");

        var row = HeartData.Load(_file).Single();

        Assert.That(row.InputValues(), Is.EqualTo(new object[] { 63L, 1L, 4L, 145L, 233L, 1L, 2L, 150L, 0L, 2.3f, 3L, 0L, "fixed" }));
        Assert.That(row.Target, Is.True);
    }

    [TestCase("age,sex", "1: the header lacks cp, trestbps")]
    [TestCase(Header + "\n63,1", "2: 2 values where the header names 14 columns.")]
    [TestCase(Header + "\n63.5,1,4,145,233,1,2,150,0,2.3,3,0,fixed,0", "2: age is '63.5'; it must be a whole number.")]
    [TestCase(Header + "\n63,1,4,145,233,1,2,150,0,?,3,0,fixed,0", "2: oldpeak is '?'; it must be a decimal number.")]
    [TestCase(Header + "\n63,1,4,145,233,1,2,150,0,2.3,3,0,fixed,2", "2: target is '2'; it must be 0 or 1.")]
    public void A_mistake_is_named_with_file_and_line(string text, string complaint)
    {
        File.WriteAllText(_file, text);

        Assert.That(() => HeartData.Load(_file), Throws.TypeOf<InvalidDataException>().With.Message.Contains($"{_file}:{complaint}"));
    }
}
