namespace Azure.ResourceManager.MachineLearning;

/// <summary>The answer "there is none" to a question whether a resource exists.</summary>
internal sealed class NoValueResponse<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException($"The resource does not exist (status {response.Status}).");

    public override Response GetRawResponse() => response;
}
