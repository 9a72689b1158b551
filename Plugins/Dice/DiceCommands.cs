namespace Chat.Plugins.Dice;

/// <summary>Rolls dice. The simplest plugin: copy it to start your own.</summary>
internal static class DiceCommands
{
    /// <summary>Rola dados e mostra o resultado a todos.<para xml:lang="en">Rolls dice and shows everyone the result.</para></summary>
    /// <param name="dados">
    /// quantos dados, quantos lados e quanto somar<para xml:lang="en">how many dice, how many sides, and how much to add</para>
    /// </param>
    [Command("rolar"), Alias("roll", "en"), Permission("dice.roll"), OnlyIn(Where.Room), RateLimit(10, perSeconds: 60)]
    [Example("/rolar"), Example("/rolar 2d6"), Example("/rolar d20+5"), Example("/roll 2d6")]
    public static CommandResult Roll([Default("1d6"), Alias("dice", "en")] DiceExpression dados)
    {
        var rolled = dados.Roll(Random.Shared);
        var each = rolled.Count > 1 ? $" ({string.Join(" + ", rolled)})" : "";
        return CommandResult.ToRoom($"🎲 {dados} = {rolled.Sum() + dados.Added}{each}");
    }
}
