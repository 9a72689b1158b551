namespace Chat;

/// <summary>Asks <paramref name="scope"/> what could stand where a caller has typed <paramref name="typed"/> so far.</summary>
public delegate ValueTask<IReadOnlyList<string>> SuggestionSource(CommandContext context, IServiceProvider scope, string typed);

/// <summary>Proposes values of a parameter. Constructed for each question, like a class of commands; what is not proposed can be given all the same.</summary>
public interface ISuggestions
{
    /// <summary>Those that go on from <paramref name="typed"/>, best first; others are left out of the completion. After 150 ms it is cancelled, and nothing is proposed.</summary>
    ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed);
}
