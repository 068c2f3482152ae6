namespace Sluice.Rollouts.Diagnosis;

/// <summary>Makes what came of a question.</summary>
public static class Answer
{
    /// <summary>A fact.</summary>
    public static Answer<T> Of<T>(T fact)
        where T : class => new(fact, Problem: null);

    /// <summary>No fact, because the question failed.</summary>
    public static Answer<T> Failed<T>(string? code, string sentence)
        where T : class => new(null, new(code, sentence, WasAsked: true));

    /// <summary>No fact, because the question could not even be asked.</summary>
    public static Answer<T> Unasked<T>(string why)
        where T : class => new(null, new(Code: null, why, WasAsked: false));
}
