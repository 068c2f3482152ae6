using HeartClassifier.Trainer.Data;
using HeartClassifier.Trainer.Mlflow;
using HeartClassifier.Trainer.Onnx;
using HeartClassifier.Trainer.Requests;
using HeartClassifier.Trainer.Training;

namespace HeartClassifier.Trainer;

/// <summary>The whole way from the data to the model folders, the request rows and the numbers about them.</summary>
/// <param name="report">Gets what a person wants to know, as Markdown.</param>
internal sealed class TrainingRun(TextWriter report)
{
    private const int RequestCount = 240;

    /// <summary>A row whose text the models never saw, so that the comparison covers the unknown word too.</summary>
    private static readonly HeartRow UnknownThal = new() { Numbers = MlflowFolder.Example.Numbers, Thal = "unheard of" };

    /// <summary>Trains every version, checks its export against ML.NET, and writes its folder.</summary>
    /// <exception cref="InvalidDataException">The data is not as it should be, or an export answers differently than ML.NET.</exception>
    public void Execute(TrainerOptions options)
    {
        var data = HeartData.Load(options.Data);
        var requests = new RequestSampler(data).Sample(RequestCount);
        IReadOnlyList<HeartRow> all = [.. data, .. requests, MlflowFolder.Example, UnknownThal];

        var models = new List<HeartModel>();
        foreach (var recipe in ModelRecipe.All)
        {
            var model = HeartTrainer.Train(recipe, data);
            var exported = OnnxWriter.Write(HeartGraph.Build(model));
            var difference = ExportCheck.Compare(model, exported, all);
            MlflowFolder.Write(Path.Combine(options.Output, recipe.Version), recipe, exported);
            models.Add(model);
            report.WriteLine(FormattableString.Invariant($"""
                - {recipe.Version}: {recipe.Trees} trees of up to {recipe.Leaves} leaves; model.onnx has {exported.Length} bytes.
                  ML.NET and OnnxRuntime give {all.Count} rows the same labels, and probabilities within {difference:0.0e+0} of each other.
                """));
        }

        if (options.Requests is { } path)
        {
            File.WriteAllText(path, SplitFrame.OnLines(requests));
        }

        if (options.Labelled is { } labelled)
        {
            File.WriteAllText(labelled, SplitFrame.OnLinesWithLabels(requests));
        }

        report.WriteLine($"""
            - The labels of the versions differ on {Disagreements(data)} of the data's {data.Count} rows,
              and on {Disagreements(requests)} of the {requests.Count} request rows.
            """);

        var scores = ModelRecipe.All.Select(recipe => CrossValidation.Published.Evaluate(recipe, data)).ToList();
        report.WriteLine();
        report.Write(CrossValidationReport.ToMarkdown(scores[0], scores[1]));

        int Disagreements(IReadOnlyList<HeartRow> rows) =>
            models[0].Predict(rows).Zip(models[1].Predict(rows)).Count(pair => pair.First.Target != pair.Second.Target);
    }
}
