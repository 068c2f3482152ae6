namespace HeartClassifier.Trainer;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            new TrainingRun(Console.Out).Execute(TrainerOptions.Parse(arguments));
            return 0;
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine($"{error.Message}\n{TrainerOptions.Usage}");
            return 2;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
