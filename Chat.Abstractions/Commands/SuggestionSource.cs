namespace Chat;

/// <summary>Suggests values for a parameter, with services from <paramref name="scope"/>.</summary>
/// <param name="typed">The start of the value, as typed so far.</param>
public delegate ValueTask<IReadOnlyList<string>> SuggestionSource(CommandContext context, IServiceProvider scope, string typed);
