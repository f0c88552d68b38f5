import {printFigure} from "./figure.ts";
import {benchAuthorities} from "./authorities.ts";
(await benchAuthorities()).forEach(printFigure);
