namespace Chat.Plugins.Administration;

/// <summary>Suggests the existing permissions.</summary>
internal sealed class PermissionNames(IPermissions permissions) : ISuggestions
{
    public async ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed) =>
    [
        .. (await permissions.ListAsync(context.Aborted)).Select(r => r.Permission).Distinct()
            .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)),
    ];
}
