import {benchAuthorities} from "./authorities.ts";
import {printFigure} from "./figure.ts";

(await benchAuthorities()).forEach(printFigure);
