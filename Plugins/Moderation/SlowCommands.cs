using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Moderation;

/// <summary>How often one may write in a room.</summary>
internal sealed class SlowCommands(SlowRooms rooms)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddSingleton<SlowRooms>().AddScoped<SlowCommands>();
        plugin.Filter<SlowModeFilter>();
        plugin.Command("lento", (context, scope, values) => scope.GetRequiredService<SlowCommands>().SlowAsync(context, values.Get<TimeSpan?>(0)))
            .Alias("slow", "en").Permission("room.slow", Role.Moderator).OnlyIn(Where.Room).Audit()
            .Summary("pt-BR", "Deixa cada um escrever nesta sala só uma vez nesse tempo; 0s desliga.").Summary("en", "Lets everybody write in this room only once in that time; 0s ends it.")
            .Argument("tempo", ParameterType.Duration, p => p with { Required = false, Min = 0, Max = Longest.TotalSeconds })
            .Example("/lento 10s").Example("/lento 0s").Example("/lento");
    }

    private async ValueTask<CommandResult> SlowAsync(CommandContext context, TimeSpan? pause)
    {
        if (pause is null) return FilterTexts.Pause(context, await rooms.PauseOfAsync(context.Here, context.Aborted));
        return await rooms.SetAsync(context.Here, pause.Value, context.Aborted) ? FilterTexts.Pause(context, pause.Value) : CommandResult.Refuse("quota_exceeded", FilterTexts.TooManySlowRooms(context));
    }
}
