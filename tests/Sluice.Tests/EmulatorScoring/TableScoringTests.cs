using static Sluice.Tests.EmulatorScoring.Requests;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class TableScoringTests
{
    private const string HeartColumns = """["age", "oldpeak", "thal"]""";

    [Test]
    public void A_row_is_answered_with_a_list_of_one_record()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var answer = container.Score(Frame(HeartColumns, """[[48, 0.25, "fixed"]]"""));

        Assert.That(answer, Is.EqualTo((200, """[{"target": 0, "probability": 0.375}]""")));
    }

    [Test]
    public void Several_rows_are_answered_in_their_order()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var answer = container.Score(Frame(HeartColumns, """[[48, 0.25, "fixed"], [50, 0.5, "reversible"], [60, 0, "normal"]]"""));

        Assert.That(answer, Is.EqualTo((
            200,
            """[{"target": 0, "probability": 0.375}, {"target": 1, "probability": 1.0}, {"target": 0, "probability": 0.0}]""")));
    }

    [Test]
    public void The_same_container_answers_different_rows_one_after_the_other()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var bodies = Enumerable.Range(0, 5).Select(i => container.Score(Frame(HeartColumns, $"[[48, {i}.25, \"normal\"]]")).Body).ToList();

        Assert.That(bodies, Is.EqualTo(Enumerable.Range(0, 5).Select(i => $$"""[{"target": {{i}}, "probability": {{i}}.25}]""")));
    }

    [Test]
    public void A_name_with_half_a_surrogate_pair_is_refused_in_Pythons_words()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var answer = container.Score("""{"input_data": {"columns": [], "\ud894": 1, "data": []}}""");

        Assert.That(answer.Status, Is.EqualTo(500));
        Assert.That(container.Log, Does.Contain("Encountered Exception: UnicodeEncodeError: 'utf-8' codec can't encode"));
    }

    [Test]
    public void No_rows_are_answered_with_an_empty_list()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        Assert.That(container.Score(Frame(HeartColumns, "[]")), Is.EqualTo((200, "[]")));
    }

    [Test]
    public void A_float32_is_widened_before_it_is_written()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var (_, body) = container.Score(Frame(HeartColumns, """[[48, 0.09, "normal"]]"""));

        Assert.That(body, Is.EqualTo("""[{"target": 0, "probability": 0.09000000357627869}]"""));
    }

    [Test]
    public void Columns_may_come_in_any_order_and_extra_ones_are_dropped()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var answer = container.Score(Frame("""["name", "thal", "oldpeak", "age"]""", """[["Ann", "fixed", 0.25, 48]]"""));

        Assert.That(answer, Is.EqualTo((200, """[{"target": 0, "probability": 0.375}]""")));
    }

    [Test]
    public void The_keys_may_come_in_any_order_and_index_may_be_missing()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var answer = container.Score("""{"input_data": {"data": [[48, 0.25, "fixed"]], "columns": ["age", "oldpeak", "thal"]}}""");

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public void Escapes_in_column_names_and_texts_are_understood()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var answer = container.Score(Frame("""["\u0061ge", "oldpeak", "thal"]""", """[[48, 0.25, "fi\u0078ed"]]"""));

        Assert.That(answer, Is.EqualTo((200, """[{"target": 0, "probability": 0.375}]""")));
    }

    [Test]
    public void An_index_as_long_as_the_data_and_none_are_both_fine([Values("[\"a\", \"b\"]", "null")] string index)
    {
        using var model = TestModel.Heart();

        var answer = model.Start().Score($$"""
            {"input_data": { "columns": {{HeartColumns}}, "index": {{index}}, "data": [[48, 0.25, "fixed"], [48, 0.25, "normal"]] } }
            """);

        Assert.That(answer, Is.EqualTo((200, """[{"target": 0, "probability": 0.375}, {"target": 0, "probability": 0.25}]""")));
    }

    [Test]
    public void Of_two_columns_with_one_name_the_first_counts_and_the_second_gets_another_name()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var used = container.Score(Frame("""["age", "oldpeak", "oldpeak", "thal"]""", """[[48, 0.25, 9, "fixed"]]"""));
        var missing = container.Score(Frame("""["age", "age", "age", "age.1"]""", "[[1, 2, 3, 4]]"));

        Assert.That(used, Is.EqualTo((200, """[{"target": 0, "probability": 0.375}]""")));
        Assert.That(missing.Status, Is.EqualTo(500));
        Assert.That(container.Log, Does.Contain("extra inputs: ['age.1', 'age.2', 'age.1.1']"));
    }

    [Test]
    public void Rows_may_be_objects_whose_members_are_taken_by_the_columns_names()
    {
        using var model = TestModel.Heart();

        var answer = model.Start().Score(Frame(
            HeartColumns, """[{"thal": "fixed", "note": [1], "oldpeak": 0.25, "age": 48}, {"age": 48, "oldpeak": 1, "thal": "normal"}]"""));

        Assert.That(answer, Is.EqualTo((200, """[{"target": 0, "probability": 0.375}, {"target": 1, "probability": 1.0}]""")));
    }

    [TestCase("\"2026-01-31\"", 200)]
    [TestCase("\"2026-01-31T10:00:00.123456789Z\"", 200)]
    [TestCase("\"31 January 2026\"", 200)]
    [TestCase("\"20260131\"", 200)]
    [TestCase("\"\"", 200)]
    [TestCase("null", 200)]
    [TestCase("1769853600000000000", 200)]
    [TestCase("\"not a date\"", 500)]
    [TestCase("true", 500)]
    [TestCase("[1]", 500)]
    public void A_datetime_column_takes_only_dates(string value, int expected)
    {
        using var model = TestModel.Heart();
        model.MLmodel(TestModel.Columns([.. TestModel.HeartColumns, ("seen", "datetime")]));
        var container = model.Start();

        var (status, _) = container.Score(Frame("""["age", "oldpeak", "thal", "seen"]""", $"""[[48, 0.25, "fixed", {value}]]"""));

        Assert.That(status, Is.EqualTo(expected), container.Log);
    }

    [TestCase("\"2026-01-31\"", "\"2026-02-01\"", 200, TestName = "texts in the example are dates by the signature")]
    [TestCase("\"2026-01-31\"", "\"not a date\"", 500, TestName = "texts in the example let no other text pass")]
    [TestCase("1", "1", 500, TestName = "whole numbers in the example are no dates")]
    public void An_example_leaves_a_datetime_column_to_the_signature(string example, string value, int expected)
    {
        using var model = TestModel.Heart();
        model.MLmodel(TestModel.Columns([.. TestModel.HeartColumns, ("seen", "datetime")]));
        model.Example($$"""{"columns": ["age", "oldpeak", "thal", "seen"], "data": [[48, 0.25, "normal", {{example}}]]}""");
        var container = model.Start();

        var (status, _) = container.Score(Frame("""["age", "oldpeak", "thal", "seen"]""", $"""[[48, 0.25, "fixed", {value}]]"""));

        Assert.That(status, Is.EqualTo(expected), container.Log);
    }

    // $ stands for the three columns.
    [TestCase("""[{"age": 48, "oldpeak": 0.25, "thal": "fixed"}]""", "input_data is not an object")]
    [TestCase("""{"columns": $, "data": [[48, 0.25, "fixed"]], "rows": 1}""", "unexpected key(s): rows")]
    [TestCase("""{"columns": $, "data": [[48, 0.25]]}""", "3 columns passed, passed data had 2")]
    [TestCase("""{"columns": $, "data": [[48, 0.25, "fixed"], [1, 2, "fixed", 3]]}""", "3 columns passed, passed data had 4")]
    [TestCase("""{"columns": $, "data": 5}""", "'data' is not a list")]
    [TestCase("""{"columns": "age", "data": []}""", "'columns' is not a list")]
    [TestCase("""{"columns": $, "data": [["old", 0.25, "fixed"]]}""", "invalid literal for int() with base 10: 'old'")]
    [TestCase("""{"columns": $, "data": [[48, "much", "fixed"]]}""", "could not convert string to float: 'much'")]
    [TestCase("""{"columns": $, "data": [[null, 0.25, "fixed"]]}""", "Cannot convert non-finite values")]
    [TestCase("""{"columns": $, "data": [[99999999999999999999, 0.25, "fixed"]]}""", "Value is too big")]
    [TestCase("""{"columns": $, "data": [[[48], 0.25, "fixed"]]}""", "not a list or an object")]
    [TestCase("""{"columns": $, "data": [[48, 0.25, ["fixed"]]]}""", "a list or an object stands where")]
    [TestCase("""{"columns": $, "data": [[48, 0.25, "\ud800"]]}""", "surrogates not allowed")]
    [TestCase("""{"columns": $, "data": [[18446744073709551616, 0.25, "fixed"]]}""", "Value is too big")]
    [TestCase("""{"columns": $, "data": [[48, 18446744073709551616, "fixed"]]}""", "Value is too big")]
    [TestCase("""{"columns": $, "data": [[48, -9223372036854775809, "fixed"]]}""", "Value is too small")]
    [TestCase("""{"columns": $, "index": [18446744073709551616], "data": [[48, 0.25, "fixed"]]}""", "Value is too big")]
    [TestCase("""{"columns": $, "index": [0, 1], "data": [[48, 0.25, "fixed"]]}""", "Shape of passed values is (1, 3), indices imply (2, 3)")]
    [TestCase("""{"columns": $, "index": [], "data": [[48, 0.25, "fixed"]]}""", "indices imply (0, 3)")]
    [TestCase("""{"columns": $, "index": 0, "data": [[48, 0.25, "fixed"]]}""", "'index' is not a list")]
    [TestCase("""{"columns": $, "data": [{"age": 48, "oldpeak": "much", "thal": "fixed"}]}""", "could not convert string to float: 'much'")]
    [TestCase("""{"columns": $, "data": [{"oldpeak": 0.25, "thal": "fixed"}]}""", "Cannot convert non-finite values")]
    [TestCase("""{"columns": ["age", "oldpeak"], "data": [[48, 0.25]]}""", "Model is missing inputs ['thal'].")]
    [TestCase(
        """{"columns": ["age", "peak", "tal"], "data": [[48, 0.25, "fixed"]]}""",
        "Model is missing inputs ['oldpeak', 'thal']. Note that there were extra inputs: ['peak', 'tal']")]
    [TestCase("""{"columns": $, "data": [{"age": 48, "oldpeak": 1, "thal": "fixed"}, [48, 0.25, "fixed"]]}""", "row 1 of 'data' is of another form")]
    [TestCase("""{"data": [[48, 0.25, "fixed"]]}""", "KeyError: 'columns'")]
    [TestCase("""{"columns": null, "data": [[48, 0.25, "fixed"]]}""", "'columns' is not a list")]
    [TestCase("\"text\"", "input_data is not an object")]
    [TestCase("null", "input_data is not an object")]
    [TestCase("{}", "KeyError: 'columns'")]
    public void A_frame_that_cannot_be_used_is_a_500_and_only_the_log_knows_why(string inputData, string reason)
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var answer = container.Score($$"""{"input_data": {{inputData.Replace("$", HeartColumns, StringComparison.Ordinal)}}}""");

        Assert.That(answer, Is.EqualTo((
            500, """{"message": "An unexpected error occurred in scoring script. Check the logs for more info."}""")));
        Assert.That(container.Log, Does.Contain(reason));
    }

    [Test]
    public void After_a_failure_the_next_request_is_served()
    {
        using var model = TestModel.Heart();
        var container = model.Start();
        container.Score(Frame(HeartColumns, """[[48, 0.25, ["fixed"]]]"""));

        var answer = container.Score(Frame(HeartColumns, """[[48, 0.25, "fixed"]]"""));

        Assert.That(answer, Is.EqualTo((200, """[{"target": 0, "probability": 0.375}]""")));
    }

    // What the sample makes of a value before the signature is asked: numpy's astype.
    [TestCase("long", "63", "63")]
    [TestCase("long", "63.9", "63", TestName = "a fraction is cut off silently for long")]
    [TestCase("long", "-63.9", "-63")]
    [TestCase("long", "6.3e1", "63")]
    [TestCase("long", "\" 63 \"", "63")]
    [TestCase("long", "true", "1")]
    [TestCase("integer", "63", "63")]
    [TestCase("integer", "4294967297", "1", TestName = "an integer wraps round in 32 bits")]
    [TestCase("double", "2", "2.0")]
    [TestCase("double", "2.25", "2.25")]
    [TestCase("double", "0.1", "0.1")]
    [TestCase("double", "null", "NaN")]
    [TestCase("double", "\"2.5\"", "2.5")]
    [TestCase("double", "\"inf\"", "Infinity")]
    [TestCase("double", "NaN", "NaN")]
    [TestCase("double", "Infinity", "Infinity")]
    [TestCase("double", "1e400", "Infinity")]
    [TestCase("double", "true", "1.0")]
    [TestCase("float", "0.1", "0.10000000149011612")]
    [TestCase("boolean", "true", "true")]
    [TestCase("boolean", "0", "false")]
    [TestCase("boolean", "2", "true")]
    [TestCase("boolean", "\"\"", "false")]
    [TestCase("boolean", "\"False\"", "true")]
    [TestCase("boolean", "null", "true", TestName = "null is NaN in a data frame, which is true")]
    [TestCase("string", "\"normal\"", "\"normal\"")]
    [TestCase("string", "\"\"", "\"\"")]
    [TestCase("string", "\"h\\u00e9 \\\"x\\\"\"", "\"h\\u00e9 \\\"x\\\"\"")]
    [TestCase("string", "3", "\"3\"", TestName = "a number in a text column stays, and the graph gets its text")]
    [TestCase("string", "3.50", "\"3.5\"")]
    [TestCase("string", "true", "\"True\"")]
    [TestCase("string", "null", "\"nan\"", TestName = "null is NaN in a data frame, and the graph gets its text")]
    public void A_value_is_cast_to_the_samples_type(string type, string value, string seen)
    {
        using var model = TestModel.Echo(("x", type), ("other", "long"));
        var container = model.Start();

        var answer = container.Score(Frame("""["x", "other"]""", $"[[{value}, 7]]"));

        Assert.That(answer, Is.EqualTo((200, $$"""[{"seen_x": {{seen}}, "seen_other": 7}]""")));
    }

    [Test]
    public void The_example_decides_the_types_and_an_integer_in_it_makes_Azure_cut_fractions_and_refuse_the_column()
    {
        using var model = TestModel.Heart();
        model.Write("input_example.json", """{"columns": ["age", "oldpeak", "thal"], "data": [[48, 0, "normal"]]}""");
        var container = model.Start();

        var cut = container.Score(Frame(HeartColumns, """[[48, 1.75, "normal"]]"""));
        var refused = container.Score(Frame(HeartColumns, """[[48, 2.3, "normal"]]"""));

        Assert.That(cut, Is.EqualTo((200, """[{"target": 1, "probability": 1.0}]""")), "long is let pass as double for 0 and 1");
        Assert.That(refused.Status, Is.EqualTo(500));
        Assert.That(container.Log, Does.Contain("Incompatible input types for column oldpeak. Can not safely convert int64 to float64."));
    }

    // The example's type, then the signature's: MLflow widens what is lossless and refuses the rest.
    [TestCase("1", "long", true)]
    [TestCase("1.5", "double", true)]
    [TestCase("1.5", "float", false, TestName = "double to float is refused")]
    [TestCase("1.5", "long", false, TestName = "double to long is refused")]
    [TestCase("1.5", "integer", false, TestName = "double to integer is refused")]
    [TestCase("1", "integer", false, TestName = "long to integer is refused")]
    [TestCase("7", "double", false, TestName = "long to double is refused for 7")]
    [TestCase("\"a\"", "string", true)]
    [TestCase("1", "string", false, TestName = "long to string is refused")]
    [TestCase("true", "boolean", true)]
    [TestCase("true", "long", false, TestName = "boolean to long is refused")]
    public void The_signature_widens_what_is_lossless_and_refuses_the_rest(string example, string type, bool isScored)
    {
        using var model = TestModel.Echo(("x", type), ("other", "long"));
        model.Example($$"""{"columns": ["x", "other"], "data": [[{{example}}, 1]]}""");
        var container = model.Start();

        var (status, _) = container.Score(Frame("""["x", "other"]""", $"[[{example}, 1]]"));

        Assert.That(status, Is.EqualTo(isScored ? 200 : 500));
        Assert.That(container.Log.Contains("Can not safely convert", StringComparison.Ordinal), Is.EqualTo(!isScored));
    }

    [TestCase("5", "5", 200)]
    [TestCase("5.5", "5.5", 500)]
    public void A_column_that_the_example_lacks_gets_the_type_of_its_values(string value, string seen, int expected)
    {
        using var model = TestModel.Echo(("x", "long"), ("other", "long"));
        model.Example("""{"columns": ["other"], "data": [[1]]}""");
        var container = model.Start();

        var (status, body) = container.Score(Frame("""["x", "other"]""", $"[[{value}, 1]]"));

        Assert.That(status, Is.EqualTo(expected));
        Assert.That(body.Contains($"\"seen_x\": {seen},", StringComparison.Ordinal), Is.EqualTo(expected == 200));
    }

    [Test]
    public void A_column_that_is_not_required_may_be_missing_unless_the_graph_needs_it()
    {
        using var model = TestModel.Heart();
        model.MLmodel("""
            [{"type": "long", "name": "age"}, {"type": "double", "name": "oldpeak"}, {"type": "string", "name": "thal"},
             {"type": "long", "name": "note", "required": false}]
            """.ReplaceLineEndings(""));
        var container = model.Start();

        var without = container.Score(Frame(HeartColumns, """[[48, 0.25, "fixed"]]"""));
        var malformed = container.Score(Frame("""["age", "oldpeak", "thal", "note"]""", """[[48, 0.25, "fixed", "x"]]"""));

        Assert.That((without.Status, malformed.Status), Is.EqualTo((200, 500)));
    }

    [Test]
    public void A_graph_with_one_input_gets_the_frame_as_a_matrix_of_the_common_type()
    {
        var doubled = new OnnxWriter()
            .Input("x", OnnxWriter.Float, -1, 2).Output("y", OnnxWriter.Float, -1, 2).Node("Add", ["x", "x"], ["y"]).ToBytes();
        using var model = TestModel.Of(doubled, TestModel.Columns(("a", "long"), ("b", "double")));
        var container = model.Start();

        var answer = container.Score(Frame("""["b", "a"]""", "[[0.5, 3], [1.5, 4]]"));

        Assert.That(answer, Is.EqualTo((200, """[{"y": 6.0}, {"y": 1.0}, {"y": 8.0}, {"y": 3.0}]""")));
    }

    [Test]
    public void A_signature_without_names_is_matched_by_place()
    {
        var doubled = new OnnxWriter()
            .Input("x", OnnxWriter.Float, -1, 2).Output("y", OnnxWriter.Float, -1, 2).Node("Add", ["x", "x"], ["y"]).ToBytes();
        using var model = TestModel.Of(doubled, """[{"type": "double"}, {"type": "double"}]""");
        var container = model.Start();

        var answer = container.Score("""{"input_data": {"columns": [0, 1], "data": [[3, 0.5]]}}""");
        var narrow = container.Score("""{"input_data": {"columns": [0], "data": [[3]]}}""");

        Assert.That(answer, Is.EqualTo((200, """[{"y": 6.0}, {"y": 1.0}]""")), container.Log);
        Assert.That(narrow.Status, Is.EqualTo(500));
    }

    [Test]
    public void Outputs_of_different_lengths_are_a_500()
    {
        var graph = new OnnxWriter()
            .Input("a", OnnxWriter.Float, -1).Input("b", OnnxWriter.Float, -1)
            .Output("label", OnnxWriter.Float, -1).Output("both", OnnxWriter.Float, -2)
            .Node("Identity", ["a"], ["label"])
            .Node("Concat", ["a", "b"], ["both"], OnnxWriter.Attribute("axis", 0)).ToBytes();
        using var model = TestModel.Of(graph, TestModel.Columns(("a", "double"), ("b", "double")));
        var container = model.Start();

        var (status, _) = container.Score(Frame("""["a", "b"]""", "[[0.5, 3.5]]"));

        Assert.That(status, Is.EqualTo(500));
        Assert.That(container.Log, Does.Contain("All arrays must be of the same length"));
    }

    [Test]
    public void Many_rows_from_many_threads_get_each_their_own_answer()
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var value = i * 0.25;
            var text = value.ToString("0.0###", System.Globalization.CultureInfo.InvariantCulture);
            var (status, body) = container.Score(Frame(HeartColumns, $"[[48, {text}, \"normal\"]]"));
            Assert.That((status, body.EndsWith($"\"probability\": {text}}}]", StringComparison.Ordinal)), Is.EqualTo((200, true)), body);
        });
    }

    [Test]
    public void Batches_of_changing_sizes_from_many_threads_get_each_their_own_answer([Values(1, 8)] int threads)
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        // Sizes stay for a few requests, as callers' do, and come back.
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var size = 2 + i / 4 % 3;
            var rows = Enumerable.Range(0, size).Select(row => $"[48, {4 * i + row}e-2, \"{(row % 2 == 0 ? "reversible" : "normal")}\"]");
            var expected = Enumerable.Range(0, size).Select(row => (float)((4 * i + row) / 100.0) + (row % 2 == 0 ? 0.5f : 0));

            var (status, body) = container.Score(Frame(HeartColumns, $"[{string.Join(",", rows)}]"));

            using var records = System.Text.Json.JsonDocument.Parse(body);
            var probabilities = records.RootElement.EnumerateArray().Select(record => record.GetProperty("probability").GetSingle());
            Assert.That(status, Is.EqualTo(200));
            Assert.That(probabilities, Is.EqualTo(expected), body);
        });
    }

    [Test]
    public void After_a_batch_that_failed_one_of_the_same_size_is_served()
    {
        using var model = TestModel.Heart();
        var container = model.Start();
        var rows = """[[48, 0.25, "fixed"], [50, 0.5, "normal"]]""";
        var before = container.Score(Frame(HeartColumns, rows));
        container.Score(Frame(HeartColumns, """[[48, 0.75, "fixed"], [50, 0.5, ["normal"]]]"""));

        var answer = container.Score(Frame(HeartColumns, rows));

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer, Is.EqualTo(before));
    }

    [Test]
    public void A_large_frame_is_scored_row_by_row()
    {
        using var model = TestModel.Heart();
        var container = model.Start();
        var rows = string.Join(",", Enumerable.Range(0, 5000).Select(i => $"[{i}, {i}.5, \"normal\"]"));

        var (status, body) = container.Score(Frame(HeartColumns, $"[{rows}]"));

        using var records = System.Text.Json.JsonDocument.Parse(body);
        var probabilities = records.RootElement.EnumerateArray().Select(record => record.GetProperty("probability").GetDouble());
        Assert.That(status, Is.EqualTo(200));
        Assert.That(probabilities, Is.EqualTo(Enumerable.Range(0, 5000).Select(i => i + 0.5)));
    }
}
